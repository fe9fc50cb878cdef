package io.pgguard.wording;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What the main sources of the modules that speak to clients say, as their trees tell. */
final class MainSources {
  private static final List<String> MODULES =
      List.of("guard-core", "guard-pgwire", "guard-jdbc", "guard-pgwire-proxy");

  /** Where the catalog itself is, and what turns its texts into messages. */
  private static final Set<String> OF_THE_CATALOG = Set.of("Refusal.java", "ServerMessage.java");

  /** Of the classes that PostgreSQL has (PostgreSQL documentation, "PostgreSQL Error Codes"). */
  private static final Pattern SQL_STATE =
      Pattern.compile(
          "(0[0-389ABFLPZ]|2[0-9A-F]|3[0489BDF]|4[024]|5[34578]|72|F0|HV|P0|XX)[0-9A-Z]{3}");

  /** Rooms whose words reach clients within wordings of others. */
  private static final Set<String> ROOMS = Set.of("judge", "lineage", "reach", "policy");

  /** Of those, what reads a policy's file and speaks to its author, and lists of names. */
  private static final Pattern OF_POLICY_FILES =
      Pattern.compile(
          "(\\w+Reader|Errors|Fields|Yaml\\w+|Suggestion|KindWords|TypeWords|SystemProtections|Policy(Exception|Source|Error))\\.java");

  /** Two words of a sentence. */
  private static final Pattern WORDS = Pattern.compile("\\b[a-z]{1,} [a-z]{2,}\\b");

  final List<Use> uses = new ArrayList<>();
  final List<String> loose = new ArrayList<>();

  /** Words of a sentence that such a room puts together by itself. */
  final List<String> sentences = new ArrayList<>();

  /**
   * Where a wording is named.
   *
   * @param wording the enum constant, such as {@code SessionWording.HELD}
   * @param values how many values stand behind it; -1 where it is named without any
   * @param file where
   */
  record Use(String wording, int values, String file) {}

  static MainSources read() throws IOException {
    MainSources sources = new MainSources();
    Path root = Path.of(System.getProperty("guard.root", ".."));
    List<Path> files = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> found = Files.walk(root.resolve(module).resolve("src/main/java"))) {
        found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
      }
    }
    sources.read(files);
    return sources;
  }

  private void read(List<Path> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      for (CompilationUnitTree unit : task.parse()) {
        Path file = Path.of(unit.getSourceFile().toUri());
        @Nullable Path folder = file.getParent();
        if (folder == null || !folder.endsWith(Path.of("pgguard", "wording"))) {
          String name = String.valueOf(file.getFileName());
          boolean speaks =
              folder != null
                  && ROOMS.contains(String.valueOf(folder.getFileName()))
                  && !OF_POLICY_FILES.matcher(name).matches();
          unit.accept(new Scan(name, speaks), null);
        }
      }
    }
  }

  private final class Scan extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final String file;
    private final boolean speaks;

    /** Whether what is looked at is no part of a sentence: an error of Guard's own, a list. */
    private boolean aside;

    Scan(String file, boolean speaks) {
      this.file = file;
      this.speaks = speaks;
    }

    private void loose(Object what) {
      if (!OF_THE_CATALOG.contains(file)) {
        loose.add(file + ": " + what);
      }
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void none) {
      String method = call.getMethodSelect().toString();
      List<? extends ExpressionTree> arguments = call.getArguments();
      if (method.endsWith(".say") || method.endsWith(".words")) {
        uses.add(new Use(method.substring(0, method.lastIndexOf('.')), arguments.size(), file));
      }
      if (!method.startsWith("Map.")) {
        handed(arguments);
      }
      if (method.equals("ServerMessage.error") && arguments.size() > 2) {
        loose(call);
      }
      boolean before = aside;
      aside |=
          method.startsWith("LOG.")
              || method.equals("Objects.requireNonNull")
              || method.equals("words")
              || method.endsWith(".split");
      super.visitMethodInvocation(call, none);
      aside = before;
      return null;
    }

    /** Wordings that are handed on with their values behind them. */
    private void handed(List<? extends ExpressionTree> arguments) {
      for (int i = 0; i < arguments.size(); i++) {
        if (arguments.get(i) instanceof MemberSelectTree named && isWording(named)) {
          uses.add(new Use(named.toString(), arguments.size() - i - 1, file));
        }
      }
    }

    private static boolean isWording(MemberSelectTree named) {
      return named.getExpression().toString().endsWith("Wording")
          && named.getIdentifier().toString().matches("[A-Z_0-9]+");
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree named, @Nullable Void none) {
      if (isWording(named)) {
        uses.add(new Use(named.toString(), -1, file));
      }
      return super.visitMemberSelect(named, none);
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void none) {
      if (made.getIdentifier().toString().equals("Refusal")) {
        loose(made);
      }
      String type = made.getIdentifier().toString();
      if (type.equals("Unresolved")) {
        handed(made.getArguments());
      }
      boolean before = aside;
      aside |= type.endsWith("Exception") || type.endsWith("Error");
      super.visitNewClass(made, none);
      aside = before;
      return null;
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void none) {
      if (literal.getValue() instanceof String value && SQL_STATE.matcher(value).matches()) {
        loose("the SQLSTATE " + value);
      }
      if (speaks
          && !aside
          && literal.getValue() instanceof String value
          && WORDS.matcher(value).find()) {
        sentences.add(file + ": \"" + value + "\"");
      }
      return super.visitLiteral(literal, none);
    }
  }
}
