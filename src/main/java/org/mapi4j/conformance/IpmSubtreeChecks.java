package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import org.mapi4j.util.MapiUtil;

/** HrValidateIPMSubtree against the store, and special folders that go and come back. */
final class IpmSubtreeChecks {
  private static final int INBOX = PropTag.of(PROP_ID_NULL, PT_BINARY);
  private static final Set<Integer> MINIMUM =
      Set.of(
          PR_VALID_FOLDER_MASK,
          PR_FINDER_ENTRYID,
          PR_IPM_SUBTREE_ENTRYID,
          PR_IPM_WASTEBASKET_ENTRYID);
  private static final Set<Integer> FULL =
      Set.of(
          PR_VALID_FOLDER_MASK,
          PR_FINDER_ENTRYID,
          PR_IPM_SUBTREE_ENTRYID,
          PR_IPM_WASTEBASKET_ENTRYID,
          PR_IPM_OUTBOX_ENTRYID,
          PR_IPM_SENTMAIL_ENTRYID,
          PR_COMMON_VIEWS_ENTRYID,
          PR_VIEWS_ENTRYID,
          INBOX);

  private IpmSubtreeChecks() {}

  static void register(Checks checks) {
    checks
        .rows("STORE-031", "STORE-032")
        .check(
            "HrValidateIPMSubtree returns the folders of its flags, as the store has them",
            c -> {
              List<SPropValue> few = validate(c, 0);
              c.assertEqual(MINIMUM, tags(few), "properties without MAPI_FULL_IPM_TREE");
              List<SPropValue> all = validate(c, MAPI_FULL_IPM_TREE);
              c.assertEqual(FULL, tags(all), "properties with MAPI_FULL_IPM_TREE");
              for (SPropValue prop : all) {
                if (prop.ulPropTag() == INBOX) {
                  c.assertEqual(
                      c.need(c.store().getReceiveFolder("IPM", 0), "GetReceiveFolder").lppEntryID(),
                      prop.asBytes(),
                      "the Inbox");
                } else {
                  c.assertEqual(prop, c.get(c.store(), prop.ulPropTag()), "the store's property");
                }
              }
            });
    checks
        .rows("STORE-024", "STORE-031", "STORE-032")
        .check(
            "A views folder that is deleted loses its bit, and HrValidateIPMSubtree makes it again",
            c -> {
              IMsgStore store = c.store();
              Bytes id = c.get(store, PR_VIEWS_ENTRYID).asBytes();
              IMAPIFolder views = c.openFolder(store, id);
              if (c.get(views, PR_CONTENT_COUNT).asInt() != 0
                  || c.get(views, PR_ASSOC_CONTENT_COUNT).asInt() != 0
                  || c.get(views, PR_SUBFOLDERS).asBoolean()) {
                c.notApplicable("the views folder is in use: a check must not delete it");
              }
              views.close();
              int deleted = c.root().deleteFolder(id, 0, null, 0);
              if (deleted != S_OK) {
                c.assertBits(FOLDER_VIEWS_VALID, mask(c) & FOLDER_VIEWS_VALID, "its bit");
                return;
              }
              c.assertBits(0, mask(c) & FOLDER_VIEWS_VALID, "its bit after DeleteFolder");
              List<SPropValue> without = validate(c, 0);
              c.assertEqual(MINIMUM, tags(without), "properties without MAPI_FULL_IPM_TREE");
              c.assertBits(0, mask(c) & FOLDER_VIEWS_VALID, "its bit without the full tree");
              validate(c, MAPI_FULL_IPM_TREE);
              c.assertBits(0xFF, mask(c), "PR_VALID_FOLDER_MASK afterwards");
              Bytes made = c.get(c.other(), PR_VIEWS_ENTRYID).asBytes();
              c.assertDiffer(id, made, "the new folder's identifier");
              c.assertProp(c.entryId(c.root()), c.openFolder(c.other(), made), PR_PARENT_ENTRYID);
            });
  }

  @CanIgnoreReturnValue
  private static List<SPropValue> validate(Context c, int flags) throws Exception {
    return c.ok(
            MapiUtil.hrValidateIPMSubtree(c.store(), flags),
            "HrValidateIPMSubtree(0x%X)".formatted(flags))
        .lppProps();
  }

  private static Set<Integer> tags(List<SPropValue> props) {
    return props.stream().map(SPropValue::ulPropTag).collect(Collectors.toSet());
  }

  private static int mask(Context c) throws Exception {
    return c.get(c.store(), PR_VALID_FOLDER_MASK).asInt();
  }
}
