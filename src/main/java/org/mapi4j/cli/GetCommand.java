package org.mapi4j.cli;

import static org.mapi4j.types.MapiDefs.MAPI_UNICODE;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mapi4j.MessageStore;
import org.mapi4j.client.MapiException;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.HResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Shows one property.",
    footer = {
      "",
      "Example:",
      "  java -jar target/mapi4j.jar get --store store '/Inbox#1' PR_SUBJECT_W"
    })
final class GetCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private StoreArgument store;

  @Parameters(index = "0", paramLabel = "OBJECT", description = "/Inbox, /Inbox#3 or an entry id.")
  private String object;

  @Parameters(index = "1", paramLabel = "TAG", description = "PR_SUBJECT_W or 0x0037001F.")
  private String tag;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  GetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    StoreOptions readOnly = StoreOptions.builder().writable(false).build();
    try (MessageStore session = store.open(console, readOnly);
        StoreView.Found found = new StoreView(session.store()).find(object, 0)) {
      int wanted = TagNames.parse(tag, found.object());
      SPropValue value =
          MapiException.require(found.object().getProps(tags(wanted), MAPI_UNICODE), "GetProps")
              .get(0);
      if (value.isError()) {
        throw new CommandFailure(
            "%s of %s: %s"
                .formatted(
                    PropTag.toString(wanted), found.address(), HResult.toString(value.scode())));
      }
      print(value);
    }
    return Main.GOOD;
  }

  private void print(SPropValue value) {
    Object whole = ValueText.json(value);
    if (!json) {
      console.out().println(whole instanceof List<?> list ? Json.pretty(list) : whole);
      return;
    }
    Map<String, Object> property = new LinkedHashMap<>();
    property.put("tag", "0x%08X".formatted(value.ulPropTag()));
    property.put("name", TagNames.name(value.ulPropTag()));
    property.put("type", ValueText.type(value.type()));
    property.put("value", whole);
    console.out().println(Json.pretty(property));
  }
}
