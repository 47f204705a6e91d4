// Keeps the licences of everything that the build has put into dist/.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Its name in the folder of what was built. */
export const LICENCES = 'third-party-licences.txt';

/** How files are named that say what one may do with a package. */
const NAMES = /^(licen[cs]e|copying|notice|copyright)([-.].*)?$/i;

const LINE = '-'.repeat(80);

/**
 * @param files everything that was bundled; those of packages lie below `node_modules`
 * @param node the licence of Node, where it is part of what was built
 */
export async function writeLicences(files, folder, node) {
  const packages = [...new Set(files.flatMap((file) => packageOf(file) ?? []))].map(read);
  const byName = new Map(packages.map((one) => [`${one.name}@${one.version}`, one]));
  const sorted = [...byName.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  const silent = sorted.filter(([, { said, licence }]) => said.length === 0 && !licence);
  if (silent.length > 0)
    throw new Error(`no licence is told by ${silent.map(([name]) => name).join(', ')}`);
  const head = `The files of this folder hold code of ${sorted.length} packages, each under its own licence.`;
  const runtime = node
    ? [`Node.js ${process.version}\n\n${readFileSync(node, 'utf8').trim()}`]
    : [];
  const texts = [head, ...runtime, ...sorted.map(textOf)];
  await writeFile(join(folder, LICENCES), `${texts.join(`\n\n${LINE}\n`)}\n`);
}

/** The folder of the package that a file belongs to. */
function packageOf(file) {
  const path = file.replace(/^\0+/, '').split('?', 1)[0];
  const [, folder] = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path) ?? [];
  return folder !== undefined && existsSync(join(folder, 'package.json')) ? folder : undefined;
}

function read(folder) {
  const { name, version, license, licenses, author, homepage } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const one = license ?? licenses?.[0];
  const said = readdirSync(folder)
    .filter((file) => NAMES.test(file))
    .sort()
    .map((file) => readFileSync(folder + sep + file, 'utf8').trim());
  return {
    name,
    version,
    licence: typeof one === 'object' ? one?.type : one,
    author: typeof author === 'object' ? author?.name : author,
    homepage,
    said,
  };
}

function textOf([name, { licence, author, homepage, said }]) {
  const head = [name, licence, author, homepage].filter(Boolean).join('\n');
  return [head, ...said].join('\n\n');
}
