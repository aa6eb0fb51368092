package org.mapi4j.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.mapi4j.architecture.CodeBase.Source;

/** Everything public says what it is; doclint checks what is said, not that it is there. */
class JavadocTest {
  @Test
  void javadoc_everyPublicTypeMethodAndConstant_isThere() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> missing = new ArrayList<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  problem -> {},
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(
                      CodeBase.sources().stream()
                          .filter(Source::isMain)
                          .map(Source::file)
                          .toList()));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Missing(docs, unit, missing).scan(unit, false);
      }
    }
    assertTrue(
        missing.isEmpty(),
        () -> missing.stream().sorted().collect(Collectors.joining("\n", "no Javadoc:\n", "\n")));
  }

  /** Collects what is public in public types, without a comment. The value: inside an interface. */
  private static final class Missing extends TreePathScanner<Void, Boolean> {
    private final DocTrees docs;
    private final CompilationUnitTree unit;
    private final List<String> missing;

    Missing(DocTrees docs, CompilationUnitTree unit, List<String> missing) {
      this.docs = docs;
      this.unit = unit;
      this.missing = missing;
    }

    @Override
    public Void visitClass(ClassTree type, Boolean inInterface) {
      if (!isPublic(type.getModifiers(), inInterface)) {
        return null;
      }
      check(type.getSimpleName().toString());
      boolean isInterface =
          type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE;
      return super.visitClass(type, isInterface);
    }

    @Override
    public Void visitMethod(MethodTree method, Boolean inInterface) {
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
      if (!overrides && isPublic(method.getModifiers(), inInterface)) {
        check(method.getName().toString());
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Boolean inInterface) {
      if (isPublic(field.getModifiers(), inInterface)) {
        check(field.getName().toString());
      }
      return null;
    }

    private static boolean isPublic(ModifiersTree modifiers, boolean inInterface) {
      return inInterface && !modifiers.getFlags().contains(Modifier.PRIVATE)
          || modifiers.getFlags().contains(Modifier.PUBLIC);
    }

    private void check(String name) {
      DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
      if (comment == null) {
        missing.add(
            unit.getSourceFile().getName()
                + ":"
                + unit.getLineMap()
                    .getLineNumber(
                        docs.getSourcePositions()
                            .getStartPosition(unit, getCurrentPath().getLeaf()))
                + " "
                + name);
      }
    }
  }
}
