import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;

/** The command line around the validator; the script beside this project says its usage. */
public class Judge {
  private final List<Path> definitions = new ArrayList<>();
  private final List<String> profiles = new ArrayList<>();
  private final List<String> inputs = new ArrayList<>();
  private BestPracticeWarningLevel bestPractice = BestPracticeWarningLevel.Warning;
  private int port = 0;
  private boolean second = false;

  public static void main(String[] args) throws Exception {
    if (args.length == 2 && args[0].equals("--core")) {
      new CoreLayout(Path.of(args[1])).write();
      return;
    }
    Judge judge = new Judge();
    judge.readArguments(args);
    System.exit(judge.run());
  }

  private void readArguments(String[] args) {
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--package", "--also" -> definitions.add(Path.of(args[++i]));
        case "-2" -> second = true;
        case "--profile" -> profiles.add(args[++i]);
        case "--best" -> bestPractice = BestPracticeWarningLevel.valueOf(args[++i]);
        case "--serve" -> port = Integer.parseInt(args[++i]);
        default -> inputs.add(args[i]);
      }
    }
  }

  private int run() throws Exception {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    // The second engine says on the standard output what it loads.
    System.setOut(System.err);
    Engine engine = second ? new SecondEngine(definitions, bestPractice) : firstEngine();
    if (port > 0) {
      new JudgeServer(engine).serve(port);
    }
    return judgeInputs(engine, out);
  }

  private Engine firstEngine() throws Exception {
    Definitions own = new Definitions();
    for (Path path : definitions) {
      own.load(path);
    }
    System.err.println("loaded " + own.counts());
    return new Validator(own, bestPractice, profiles);
  }

  private int judgeInputs(Engine engine, PrintStream out) throws Exception {
    boolean failed = false;
    for (String input : inputs) {
      for (Source source : sources(input)) {
        Verdict verdict = engine.judge(source.name(), source.text());
        out.println(verdict.toJson());
        failed = failed || verdict.errors() > 0;
      }
    }
    return failed ? 1 : 0;
  }

  private record Source(String name, String text) {}

  private static List<Source> sources(String input) throws Exception {
    if (input.equals("-")) {
      InputStreamReader stdin = new InputStreamReader(System.in, StandardCharsets.UTF_8);
      return lines(input, new BufferedReader(stdin).lines());
    }
    Path path = Path.of(input);
    if (Files.isDirectory(path)) {
      return below(path);
    }
    if (input.endsWith(".ndjson")) {
      try (Stream<String> lines = Files.lines(path)) {
        return lines(input, lines);
      }
    }
    return List.of(new Source(input, Files.readString(path)));
  }

  private static List<Source> below(Path folder) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
    }
    List<Source> found = new ArrayList<>();
    for (Path file : files) {
      String name = file.toString();
      if (name.endsWith(".json") || name.endsWith(".ndjson")) {
        found.addAll(sources(name));
      }
    }
    return found;
  }

  private static List<Source> lines(String name, Stream<String> lines) {
    List<Source> found = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) lines::iterator) {
      number++;
      if (!line.isBlank()) {
        found.add(new Source(name + ":" + number, line));
      }
    }
    return found;
  }
}
