// What examples/, the tests in a browser, those of other programs and the conformance list need beside Node. Run as a
// script it checks that each is there and works, and installs what is missing where nobody has to be asked: as root, on
// a system with apt-get.
// The tests read the same table, to leave out what cannot run.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const IMPORTS =
  'import requests, urllib3, tenacity, backoff, retrying, botocore.waiter; print("there")';
const GUZZLE = "require '/usr/share/php/GuzzleHttp/autoload.php'; echo 'there';";
const LARAVEL =
  "require 'Illuminate/Http/autoload.php'; new Illuminate\\Http\\Client\\Factory(); echo 'there';";
/** What Maven needs to compile and test, and what is compiled. */
const MAVEN = [
  'org/apache/maven/plugins/maven-compiler-plugin',
  'org/apache/maven/surefire/surefire-junit-platform',
  'org/junit/jupiter/junit-jupiter',
  'com/google/code/gson/gson',
];
const source = join(dirname(fileURLToPath(import.meta.url)), '../examples/csharp/Poller.cs');

/** The packages are those of Debian 12. */
export const RUNTIMES = [
  {
    id: 'php',
    name: 'PHP with curl',
    packages: ['php-cli', 'php-curl'],
    works: () => prints(/^curl$/m, 'php', '-m'),
  },
  {
    id: 'python',
    name: 'Python 3',
    packages: ['python3'],
    works: () => prints(/^Python 3\./, 'python3', '--version'),
  },
  {
    // Debian's own Python sees Debian's packages; another one in front of it need not.
    id: 'python-clients',
    name: 'requests, urllib3, tenacity, backoff, retrying and botocore for Python 3',
    packages: [
      ...['python3-requests', 'python3-urllib3', 'python3-tenacity'],
      ...['python3-backoff', 'python3-retrying', 'python3-botocore'],
    ],
    works: () => prints(/^there$/m, '/usr/bin/python3', '-c', IMPORTS),
  },
  {
    id: 'ansible',
    name: 'Ansible',
    packages: ['ansible-core'],
    works: () => prints(/^ansible \[core/m, 'ansible', '--version'),
  },
  {
    id: 'guzzle',
    name: 'Guzzle for PHP',
    packages: ['php-cli', 'php-curl', 'php-guzzlehttp-guzzle'],
    works: () => prints(/^there$/m, 'php', '-r', GUZZLE),
  },
  {
    id: 'laravel',
    name: 'Laravel’s HTTP client for PHP',
    packages: ['php-cli', 'php-illuminate-http', 'php-guzzlehttp-guzzle'],
    works: () => prints(/^there$/m, 'php', '-r', LARAVEL),
  },
  {
    id: 'wget',
    name: 'wget',
    packages: ['wget'],
    works: () => prints(/^GNU Wget/m, 'wget', '--version'),
  },
  {
    id: 'java',
    name: 'JDK 17 or later',
    packages: ['default-jdk-headless'],
    works: () => prints(/^jdk\.compiler@(1[7-9]|[2-9]\d)/m, 'java', '--list-modules'),
  },
  {
    id: 'csharp',
    name: 'Mono with mcs',
    packages: [
      'mono-mcs',
      'mono-runtime',
      'libmono-system-net-http4.0-cil',
      'libmono-system-runtime-serialization4.0-cil',
      'libmono-system-xml-linq4.0-cil',
    ],
    works: compilesWithMono,
  },
  {
    id: 'chromium',
    name: 'Chromium',
    packages: ['chromium'],
    works: () => prints(/^Chromium /m, 'chromium', '--version'),
  },
  {
    id: 'curl',
    name: 'bash with curl',
    packages: ['bash', 'curl'],
    works: () => prints(/^curl /m, 'bash', '-c', 'curl --version'),
  },
  {
    id: 'faketime',
    name: 'libfaketime',
    packages: ['faketime'],
    works: () => prints(/^2020$/m, 'faketime', '2020-02-02 12:00:00', 'date', '+%Y'),
  },
  {
    id: 'redis',
    name: 'Redis 7',
    packages: ['redis-server'],
    works: () => prints(/v=([7-9]|\d\d)\./, 'redis-server', '--version'),
  },
  {
    id: 'pytest',
    name: 'pytest',
    packages: ['python3-pytest'],
    works: () => prints(/^pytest \d/m, '/usr/bin/python3', '-m', 'pytest', '--version'),
  },
  {
    id: 'phpunit',
    name: 'PHPUnit',
    packages: ['phpunit'],
    works: () => prints(/^PHPUnit \d/m, 'phpunit', '--version'),
  },
  {
    id: 'junit',
    name: 'JUnit 5',
    packages: ['default-jdk-headless', 'junit5'],
    works: async () => existsSync('/usr/share/java/junit-platform-console.jar'),
  },
  {
    id: 'maven',
    name: 'Maven with JUnit 5 and Gson, of Debian',
    packages: [
      ...['default-jdk-headless', 'maven-debian-helper', 'libsurefire-java'],
      ...['junit5', 'libgoogle-gson-java'],
    ],
    works: async () => MAVEN.every((path) => existsSync(`/usr/share/maven-repo/${path}`)),
  },
  {
    id: 'nunit',
    name: 'NUnit for Mono',
    packages: [
      ...['nunit-console', 'libnunit-framework2.6.3-cil'],
      // `mcs -pkg:nunit` asks pkg-config.
      ...['libnunit-cil-dev', 'pkg-config'],
    ],
    works: async () =>
      existsSync('/usr/bin/nunit-console') && prints(/nunit/, 'pkg-config', '--libs', 'nunit'),
  },
  {
    // The image's file system is made of Debian's packages, and run in namespaces of its own: that takes root.
    id: 'image',
    name: 'mmdebstrap, as root',
    packages: ['mmdebstrap', 'iproute2', 'util-linux'],
    works: async () =>
      process.getuid?.() === 0 &&
      (await prints(/^mmdebstrap \d/m, 'mmdebstrap', '--version')) &&
      prints(/^there$/m, 'unshare', '--mount', '--pid', '--net', '--fork', 'echo', 'there'),
  },
  {
    id: 'groovy',
    name: 'Groovy',
    packages: ['groovy', 'default-jdk-headless'],
    works: () => prints(/^Groovy Version/m, 'groovy', '--version'),
  },
  {
    id: 'openssl',
    name: 'OpenSSL',
    packages: ['openssl'],
    works: () => prints(/^OpenSSL /m, 'openssl', 'version'),
  },
];

async function prints(pattern, command, ...args) {
  const { stdout } = await run(command, args);
  return pattern.test(stdout);
}

async function compilesWithMono() {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-mono-'));
  const libraries = ['System.Net.Http', 'System.Runtime.Serialization', 'System.Xml.Linq'];
  const references = libraries.map((name) => `-r:${name}.dll`);
  try {
    await run('mcs', [`-out:${join(folder, 'Poller.exe')}`, ...references, source]);
    return await prints(/version/, 'mono', '--version');
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function findMissing() {
  const works = await Promise.all(RUNTIMES.map((runtime) => runtime.works().catch(() => false)));
  return RUNTIMES.filter((_, i) => !works[i]);
}

function install(packages) {
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  execFileSync('apt-get', ['update', '-q'], options);
  execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], options);
}

async function main() {
  let missing = await findMissing();
  if (missing.length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    try {
      install(missing.flatMap(({ packages }) => packages));
    } catch (error) {
      console.error(error.message);
    }
    missing = await findMissing();
  }
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    const packages = missing.flatMap((runtime) => runtime.packages).join(' ');
    console.error(
      `Missing: ${names}. Run: sudo apt-get install --no-install-recommends ${packages}`,
    );
    process.exitCode = 1;
    return;
  }
  console.log(`All there: ${RUNTIMES.map(({ name }) => name).join(', ')}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
