/**
 * Outlook's .msg files: every property, recipient, attachment, embedded message and named property.
 * {@link org.mapi4j.format.msg.MsgFile} reads lazily, large values as streams; {@link
 * org.mapi4j.format.msg.MsgImport} fills a message of any store through api. Uses api, client,
 * types, and Apache POI for the OLE2 container; nothing else sees POI.
 *
 * <p>Threads: a file and what comes from it are confined to one thread.
 *
 * <p>Sources: [MS-OXMSG], [MS-CFB]; string code pages as Apache POI's HSMF chooses them.
 */
@CheckReturnValue
package org.mapi4j.format.msg;

import com.google.errorprone.annotations.CheckReturnValue;
