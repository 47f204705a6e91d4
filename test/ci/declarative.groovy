// Runs a declarative pipeline on this machine as an agent of Jenkins would, as far as the one here goes: agent,
// environment, stages, sh, and what post does. What it does not know is an error of Groovy itself.
// Arguments: the Jenkinsfile, the folder for artifacts, and variables NAME=value that stand in for those of the file.

class Failed extends RuntimeException {}

class Build {
  Map given = [:]
  Map env = [:]
  File workspace
  File artifacts
  boolean failed = false
  List<String> kept = []
  List<String> tests = []
}

class Block {
  Build build
  Block(Build build) { this.build = build }
  /** A closure whose words are this block's alone. */
  static void within(Object block, Closure words) {
    words.delegate = block
    words.resolveStrategy = Closure.DELEGATE_ONLY
    words()
  }
}

class Pipeline extends Block {
  Pipeline(Build build) { super(build) }
  static final String any = 'any'
  void agent(String which) { assert which == 'any' }
  void environment(Closure words) { within(new Environment(build), words) }
  void stages(Closure words) { within(new Stages(build), words) }
}

/** Each of its words is a variable: set, or read by one that stands below it. */
class Environment {
  final Build build
  Environment(Build build) { this.@build = build }
  void setProperty(String name, Object value) {
    def held = this.@build
    held.env[name] = (held.given[name] ?: value) as String
  }
  Object getProperty(String name) { this.@build.env[name] }
}

class Stages extends Block {
  Stages(Build build) { super(build) }
  void stage(String name, Closure words) { within(new Stage(build), words) }
}

class Stage extends Block {
  Stage(Build build) { super(build) }
  void environment(Closure words) { within(new Environment(build), words) }
  void steps(Closure words) {
    try { within(new Steps(build), words) } catch (Failed ignored) { build.failed = true }
  }
  void post(Closure words) { within(new Post(build), words) }
}

class Steps extends Block {
  Steps(Build build) { super(build) }
  void sh(String script) {
    def file = File.createTempFile('script', '.sh')
    file.text = script
    // As the step does it: sh -xe.
    def process = new ProcessBuilder('sh', '-xe', file.path).directory(build.workspace).redirectErrorStream(true)
    process.environment().putAll(build.env + [WORKSPACE: build.workspace.path, CI: 'true'])
    def running = process.start()
    running.inputStream.eachLine { println it }
    if (running.waitFor() != 0) throw new Failed()
  }
}

class Post extends Block {
  Post(Build build) { super(build) }
  void always(Closure words) { within(new Kept(build), words) }
}

class Kept extends Block {
  Kept(Build build) { super(build) }
  void junit(Map options) { keep(options.testResults, options.allowEmptyResults) }
  void archiveArtifacts(Map options) { keep(options.artifacts, options.allowEmptyArchive) }
  private void keep(String names, boolean mayBeMissing) {
    names.split(',')*.trim().each { name ->
      def file = new File(build.workspace, name)
      if (file.exists()) new File(build.artifacts, name).bytes = file.bytes
      else if (!mayBeMissing) build.failed = true
    }
  }
}

def build = new Build(workspace: new File('.').canonicalFile, artifacts: new File(args[1]))
args.drop(2).each { def (name, value) = it.split('=', 2); build.given[name] = value }
def binding = new Binding()
binding.setVariable('pipeline', { Closure words -> Block.within(new Pipeline(build), words) })
new GroovyShell(binding).evaluate(new File(args[0]))
System.exit(build.failed ? 1 : 0)
