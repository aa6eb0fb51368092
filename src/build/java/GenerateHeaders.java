import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes MAPI headers of our own, for C and C++ on Linux and Windows, from the data files of {@code
 * org/mapi4j/spec} and {@code native/include}, and the source of the program that prints their
 * layout, and the slots and parameters that the tests abuse. Arguments: the folder of the data
 * files, {@code native/include}, the folder for the headers, the folder for the test programs'
 * parts.
 */
final class GenerateHeaders {
  private static final List<String> HEADERS =
      List.of("mapidefs.h", "mapix.h", "mapispi.h", "mapiutil.h", "edkmdb.h", "mapiaux.h");
  private static final Map<String, String> INCLUDES =
      Map.of(
          "mapidefs.h", "mapi4j_base.h",
          "mapix.h", "mapidefs.h mapicode.h mapitags.h mapiguid.h",
          "mapispi.h", "mapidefs.h mapicode.h mapiguid.h",
          "mapiutil.h", "mapix.h mapispi.h",
          "edkmdb.h", "mapidefs.h",
          "mapiaux.h", "mapidefs.h");

  /** Depends on whether UNICODE is defined: native/include/mapi4j_macros.h has them. */
  private static final Set<String> BY_WIDTH = Set.of("fMapiUnicode", "PT_TSTRING", "PT_MV_TSTRING");

  private static final Map<String, String> POINTERS = pointers();
  private static final Set<String> PLATFORM = Set.of("IUnknown", "ISequentialStream", "IStream");

  /** Interfaces of objects that a client gets from a store. */
  private static final List<String> GIVEN =
      List.of("IMsgStore", "IMAPIFolder", "IMessage", "IAttach", "IStream", "IMAPITable");

  private final Path data;
  private final Path templates;
  private final Path target;
  private final Map<String, Interface> interfaces = new LinkedHashMap<>();
  private final List<Structure> structures = new ArrayList<>();

  private record Method(String name, String returns, List<String> parameters) {}

  private record Interface(String name, String base, String header, List<Method> methods) {}

  private record Structure(String header, String name, String tag, String kind, String fields) {
    /** Names of the fields, those of an unnamed union left out. */
    List<String> names() {
      String outer = fields.replaceAll("\\{[^}]*\\}", "");
      List<String> names = new ArrayList<>();
      for (String field : outer.split(";")) {
        String name = field.strip().replaceAll("\\[.*", "").replaceAll(".*[ *]", "");
        if (!name.isEmpty() && !name.equals("union")) {
          names.add(name);
        }
      }
      return names;
    }
  }

  private GenerateHeaders(Path data, Path templates, Path target) throws IOException {
    this.data = data;
    this.templates = templates;
    this.target = target;
    for (String[] row : rows(data.resolve("vtables.tsv"))) {
      interfaces
          .computeIfAbsent(
              row[0], name -> new Interface(name, row[1], row[6], new ArrayList<Method>()))
          .methods()
          .add(new Method(row[3], row[4], parameters(row[5])));
    }
    for (String name : List.of("IAttach", "IMailUser", "IProfSect")) {
      interfaces.put(name, new Interface(name, "IMAPIProp", "mapidefs.h", List.of()));
    }
    for (String[] row : rows(templates.resolve("structures.tsv"))) {
      structures.add(
          new Structure(row[0], row[1], row[2].isEmpty() ? "_" + row[1] : row[2], row[3], row[4]));
    }
  }

  public static void main(String[] args) throws IOException {
    GenerateHeaders headers =
        new GenerateHeaders(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
    headers.headers();
    headers.layout(Path.of(args[3]));
    headers.calls(Path.of(args[3]));
  }

  private void headers() throws IOException {
    Files.createDirectories(target);
    try (Stream<Path> written = Files.list(templates)) {
      for (Path file : written.filter(f -> f.toString().endsWith(".h")).toList()) {
        write(target.resolve(file.getFileName()), Files.readString(file));
      }
    }
    for (String header : HEADERS) {
      header(header);
    }
    codes();
    tags();
    guids();
    platformInterfaces();
  }

  private void header(String header) throws IOException {
    StringBuilder out = head(header);
    for (String include : INCLUDES.get(header).split(" ")) {
      out.append("#include \"").append(include).append("\"\n");
    }
    out.append('\n');
    for (String[] row : rows(data.resolve("constants.tsv"))) {
      boolean here =
          row[2].equals(header) || header.equals("mapiaux.h") && row[2].equals("imessage.h");
      if (here && !BY_WIDTH.contains(row[0])) {
        constant(out, row[0], "((%s)%s)".formatted(constantType(row[0]), row[1]));
      }
    }
    if (header.equals("mapidefs.h")) {
      out.append("\n#include \"mapi4j_macros.h\"\n\n");
      pointerTypes(out);
    }
    structures.stream().filter(s -> s.header().equals(header)).forEach(s -> declare(out, s));
    out.append('\n');
    if (header.equals("mapidefs.h")) {
      out.append("#ifndef _WIN32\n#include \"mapi4j_objects.h\"\n#endif\n\n");
    }
    interfaces.values().stream()
        .filter(i -> i.header().equals(header))
        .forEach(i -> declare(out, i));
    if (header.equals("mapiutil.h")) {
      out.append("#include \"mapi4j_util.h\"\n\n");
    }
    if (header.equals("mapispi.h")) {
      out.append("#include \"mapi4j_spi.h\"\n\n");
    }
    write(header, out);
  }

  private static String constantType(String name) {
    if (name.startsWith("BOOKMARK_")) {
      return "BOOKMARK";
    }
    return name.equals("hrSuccess") ? "HRESULT" : "ULONG";
  }

  /** Every structure and interface is known by name before the first one is laid out. */
  private void pointerTypes(StringBuilder out) {
    interfaces.keySet().stream()
        .filter(name -> !PLATFORM.contains(name))
        .forEach(
            name ->
                out.append(
                    "typedef struct %s %s, *%s;\n".formatted(name, name, POINTERS.get(name))));
    out.append("#ifndef _WIN32\n");
    for (String name : List.of("IUnknown", "IStream", "ISequentialStream", "IStorage", "IMalloc")) {
      out.append("typedef struct %s %s, *LP%s;\n".formatted(name, name, upper(name)));
    }
    out.append("#endif\n");
    for (Structure s : structures) {
      if (!s.kind().equals("union")) {
        out.append("typedef struct %s %s, *LP%s;\n".formatted(s.tag(), s.name(), s.name()));
      }
    }
    out.append("#include \"mapi4j_functions.h\"\n\n");
  }

  private static String upper(String name) {
    return name.substring(1).toUpperCase(Locale.ROOT);
  }

  private static void declare(StringBuilder out, Structure s) {
    String body = s.fields().replace("; ", ";\n  ").replace("{ ", "{\n  ").replace("\n  }", "\n}");
    if (s.kind().equals("union")) {
      out.append("typedef union %s {\n  %s\n} %s;\n".formatted(s.tag(), body, s.name()));
    } else {
      out.append("struct %s {\n  %s\n};\n".formatted(s.tag(), body));
    }
    if (s.name().equals("SBinaryArray")) {
      out.append("typedef SBinaryArray ENTRYLIST, *LPENTRYLIST;\n");
    }
  }

  private void declare(StringBuilder out, Interface i) {
    String macro = "MAPI_" + i.name().toUpperCase(Locale.ROOT) + "_METHODS";
    out.append("/* %s : %s */\n#define %s(IPURE)".formatted(i.name(), i.base(), macro));
    for (Method method : i.methods()) {
      String parameters =
          method.parameters().isEmpty()
              ? "THIS"
              : "THIS_ " + String.join(", ", method.parameters());
      String head =
          method.returns().equals("HRESULT")
              ? "MAPIMETHOD(%s)".formatted(method.name())
              : "MAPIMETHOD_(%s, %s)".formatted(method.returns(), method.name());
      out.append(" \\\n  %s(%s) IPURE;".formatted(head, parameters));
    }
    StringBuilder all = new StringBuilder();
    for (Interface part : chain(i)) {
      all.append("  MAPI_%s_METHODS(PURE)\n".formatted(part.name().toUpperCase(Locale.ROOT)));
    }
    out.append("\n#undef INTERFACE\n#define INTERFACE %s\n".formatted(i.name()));
    out.append("#ifdef __cplusplus\nstruct %s : public %s {\n".formatted(i.name(), i.base()));
    out.append(all).append("};\n#else\n");
    out.append("typedef struct %sVtbl {\n  BEGIN_INTERFACE\n".formatted(i.name())).append(all);
    out.append("} %sVtbl;\nstruct %s {\n".formatted(i.name(), i.name()));
    out.append("  const %sVtbl *lpVtbl;\n};\n".formatted(i.name()));
    for (Interface part : chain(i)) {
      part.methods().forEach(m -> out.append(caller(i, m)));
    }
    out.append("#endif\n\n");
  }

  private static String caller(Interface i, Method method) {
    StringBuilder names = new StringBuilder();
    for (int n = 0; n < method.parameters().size(); n++) {
      names.append(", a").append(n);
    }
    return "#define %s_%s(This%s) (This)->lpVtbl->%s(This%s)\n"
        .formatted(i.name(), method.name(), names, method.name(), names);
  }

  private List<Interface> chain(Interface i) {
    List<Interface> chain = new ArrayList<>();
    for (Interface at = i; at != null; at = interfaces.get(at.base())) {
      chain.add(0, at);
    }
    return chain;
  }

  /** Where Windows has these of its own, they are left out. */
  private void platformInterfaces() throws IOException {
    StringBuilder out = head("mapi4j_objects.h");
    declareUnknown(out);
    declare(out, interfaces.get("ISequentialStream"));
    declare(out, interfaces.get("IStream"));
    write("mapi4j_objects.h", out);
  }

  private void declareUnknown(StringBuilder out) {
    out.append("#undef INTERFACE\n#define INTERFACE IUnknown\n#ifdef __cplusplus\n");
    out.append("struct IUnknown {\n  MAPI_IUNKNOWN_METHODS(PURE)\n};\n#else\n");
    out.append("typedef struct IUnknownVtbl {\n  MAPI_IUNKNOWN_METHODS(PURE)\n} IUnknownVtbl;\n");
    out.append("struct IUnknown {\n  const IUnknownVtbl *lpVtbl;\n};\n");
    interfaces
        .get("IUnknown")
        .methods()
        .forEach(m -> out.append(caller(interfaces.get("IUnknown"), m)));
    out.append("#endif\n\n");
  }

  private void codes() throws IOException {
    StringBuilder out = head("mapicode.h").append("#include \"mapi4j_base.h\"\n\n");
    for (String[] row : rows(data.resolve("hresults.tsv"))) {
      constant(out, row[1], "((HRESULT)%s)".formatted(row[0]));
      if (!row[2].isEmpty()) {
        constant(out, row[2], row[1]);
      }
    }
    write("mapicode.h", out);
  }

  private void tags() throws IOException {
    StringBuilder out = head("mapitags.h").append("#include \"mapidefs.h\"\n\n");
    List<String[]> rows = rows(data.resolve("proptags.tsv"));
    Set<String> names = Set.copyOf(rows.stream().map(row -> row[2]).toList());
    Map<String, String> types = new HashMap<>(Map.of("PT_SRESTRICTION", "0xFD"));
    types.put("PT_ACTIONS", "0xFE");
    for (String[] row : rows) {
      if (!row[2].matches("[A-Za-z]\\w*")) {
        continue; // an Internet header's name, known to people but no name in C
      }
      boolean byWidth = names.contains(row[2] + "_W") && names.contains(row[2] + "_A");
      String type =
          byWidth
              ? row[1].replace("PT_STRING8", "PT_TSTRING").replace("PT_MV_STRING8", "PT_MV_TSTRING")
              : row[1];
      constant(out, row[2], "PROP_TAG(%s, %s)".formatted(types.getOrDefault(type, type), row[0]));
    }
    write("mapitags.h", out);
  }

  /**
   * MAPI's convention: where INITGUID is defined, those are defined whose USES_ name is; elsewhere
   * all are declared. Windows declares some of OLE's itself.
   */
  private void guids() throws IOException {
    StringBuilder out = new StringBuilder(notice()).append("#include \"mapi4j_base.h\"\n\n");
    out.append(
        "#ifdef __cplusplus\n#define MAPI4J_EXTERN extern \"C\"\n#else\n#define MAPI4J_EXTERN\n#endif\n");
    out.append(
        "#ifndef _WIN32\n#define MAPI4J_ONCE MAPI4J_EXTERN const GUID __attribute__((weak))\n");
    out.append(
        "#else\n#define MAPI4J_ONCE MAPI4J_EXTERN const GUID __declspec(selectany)\n#endif\n\n");
    for (String[] row : rows(data.resolve("iids.tsv"))) {
      boolean ole =
          row[0].matches("IID_I(Unknown|Malloc|Storage|Stream|LockBytes|SequentialStream)");
      String hex = row[1].replace("-", "");
      StringBuilder bytes = new StringBuilder();
      for (int i = 16; i < 32; i += 2) {
        bytes.append(i == 16 ? "" : ", ").append("0x").append(hex, i, i + 2);
      }
      out.append(ole ? "#ifndef _WIN32\n" : "");
      out.append(
          "#ifndef MAPI4J_GUIDS_DECLARED\nEXTERN_C const GUID %s;\n#endif\n".formatted(row[0]));
      out.append(
          "#if ((defined(INITGUID) && defined(USES_%s)) || defined(MAPI4J_DEFINE_GUIDS)) && !defined(MAPI4J_DEFINED_%s)\n"
              .formatted(row[0], row[0]));
      out.append(
          "#define MAPI4J_DEFINED_%s\nMAPI4J_ONCE %s = {0x%s, 0x%s, 0x%s, {%s}};\n#endif\n"
              .formatted(
                  row[0],
                  row[0],
                  hex.substring(0, 8),
                  hex.substring(8, 12),
                  hex.substring(12, 16),
                  bytes));
      out.append(ole ? "#endif\n" : "");
    }
    out.append("#ifndef MAPI4J_GUIDS_DECLARED\n#define MAPI4J_GUIDS_DECLARED\n#endif\n");
    write(target.resolve("mapiguid.h"), out.toString());
  }

  /** The source of a program that prints slots, argument widths, sizes and offsets. */
  private void layout(Path folder) throws IOException {
    Files.createDirectories(folder);
    StringBuilder out = new StringBuilder(notice());
    out.append("void layout() {\n");
    for (Interface i : interfaces.values()) {
      out.append("#ifndef LACKS_%s\n  QUERY(%s)\n".formatted(i.name(), i.name()));
      for (Interface part : chain(i)) {
        for (Method method : part.methods()) {
          if (!method.name().equals("QueryInterface")) {
            String macro = part.equals(i) ? "METHOD" : "INHERITED";
            out.append("  %s(%s, %s)\n".formatted(macro, i.name(), method.name()));
          }
        }
      }
      out.append("#endif\n");
    }
    for (Structure s : structures) {
      out.append("#ifndef LACKS_%s\n  STRUCTURE(%s)\n".formatted(s.name(), s.name()));
      s.names().forEach(name -> out.append("  FIELD(%s, %s)\n".formatted(s.name(), name)));
      out.append("#endif\n");
    }
    out.append("}\n");
    write(folder.resolve("layout.inc"), out.toString());
    StringBuilder slots = new StringBuilder(notice()).append("#include <mapiutil.h>\n");
    for (Interface i : interfaces.values()) {
      int slot = 0;
      for (Interface part : chain(i)) {
        for (Method method : part.methods()) {
          slots.append(
              "_Static_assert(offsetof(%sVtbl, %s) == %d * sizeof(void *), \"%s::%s\");\n"
                  .formatted(i.name(), method.name(), slot, i.name(), method.name()));
          slot++;
        }
      }
    }
    write(folder.resolve("slots.c"), slots.toString());
  }

  /** The slots of what a store gives to clients, with their parameters, for the tests. */
  private void calls(Path folder) throws IOException {
    Map<String, Map<String, List<String[]>>> parameters = new HashMap<>();
    for (String[] row : rows(data.resolve("descriptors.tsv"))) {
      if (!row[3].isEmpty()) { // the others are Java's alone
        parameters
            .computeIfAbsent(row[0], name -> new HashMap<>())
            .computeIfAbsent(row[2], name -> new ArrayList<>())
            .add(row);
      }
    }
    StringBuilder out = new StringBuilder(notice());
    for (String name : GIVEN) {
      out.append("static const Slot SLOTS_%s[] = {\n".formatted(name));
      int slot = 0;
      for (Interface part : chain(interfaces.get(name))) {
        for (Method method : part.methods()) {
          List<String[]> rows =
              parameters.getOrDefault(part.name(), Map.of()).getOrDefault(method.name(), List.of());
          out.append("  {\"%s\", %d, %d, {".formatted(method.name(), slot++, rows.size()));
          rows.forEach(row -> out.append(parameter(row, rows)));
          out.append(rows.isEmpty() ? "{0}}},\n" : "}},\n");
        }
      }
      out.append("};\n");
    }
    write(folder.resolve("calls.inc"), out.toString());
  }

  /** Name, type, direction, the place of its count, whether it is an object. */
  private static String parameter(String[] row, List<String[]> all) {
    int count = -1;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i)[4].equals(row[7])) {
        count = i;
      }
    }
    return "{\"%s\", \"%s\", %s, %d, %d}, "
        .formatted(
            row[4], row[5], row[6].toUpperCase(Locale.ROOT), count, row[9].isEmpty() ? 0 : 1);
  }

  private static StringBuilder head(String file) {
    String guard = file.toUpperCase(Locale.ROOT).replace('.', '_').replace("MAPI4J_", "");
    return new StringBuilder(notice())
        .append("#ifndef MAPI4J_%s\n#define MAPI4J_%s\n\n".formatted(guard, guard));
  }

  private static String notice() {
    return "/* Generated by GenerateHeaders.java from the data in org/mapi4j/spec and native/include. */\n";
  }

  private static void constant(StringBuilder out, String name, String value) {
    out.append("#ifndef %s\n#define %s %s\n#endif\n".formatted(name, name, value));
  }

  private void write(String name, StringBuilder out) throws IOException {
    write(target.resolve(name), out.append("#endif\n").toString());
  }

  private static void write(Path file, String text) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.writeString(file, text);
    }
  }

  private static List<String> parameters(String text) {
    List<String> parameters = new ArrayList<>();
    for (String parameter : text.isEmpty() ? new String[0] : text.split(",")) {
      String p = parameter.strip();
      parameters.add(p.contains(" ") ? p : p + " " + p.replaceFirst("^LP", "lp"));
    }
    return parameters;
  }

  private static List<String[]> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream().skip(1).map(line -> line.split("\t", -1)).toList();
  }

  private static Map<String, String> pointers() {
    Map<String, String> names = new HashMap<>();
    for (String pair :
        ("IMsgStore LPMDB, IMAPIFolder LPMAPIFOLDER, IMessage LPMESSAGE, IAttach LPATTACH, IAddrBook"
                + " LPADRBOOK, IABContainer LPABCONT, IMailUser LPMAILUSER, IDistList LPDISTLIST,"
                + " IMAPIStatus LPMAPISTATUS, IMAPITable LPMAPITABLE, IProfSect LPPROFSECT,"
                + " IMAPIProp LPMAPIPROP, IMAPIContainer LPMAPICONTAINER, IMAPIAdviseSink"
                + " LPMAPIADVISESINK, IMAPIProgress LPMAPIPROGRESS, IProviderAdmin"
                + " LPPROVIDERADMIN, IMAPIControl LPMAPICONTROL, IMAPISupport LPMAPISUP,"
                + " IABProvider LPABPROVIDER, IABLogon LPABLOGON, IXPProvider LPXPPROVIDER,"
                + " IXPLogon LPXPLOGON, IMSLogon LPMSLOGON, IMSProvider LPMSPROVIDER, IProfAdmin"
                + " LPPROFADMIN, IMsgServiceAdmin LPSERVICEADMIN, IMAPISession LPMAPISESSION,"
                + " ITableData LPTABLEDATA, IPropData LPPROPDATA, IMAPIProviderShutdown"
                + " LPMAPIPROVIDERSHUTDOWN, IMAPIClientShutdown LPMAPICLIENTSHUTDOWN")
            .split(", ")) {
      String[] parts = pair.split(" ");
      names.put(parts[0], parts[1]);
    }
    return names;
  }
}
