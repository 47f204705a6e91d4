// Bundles src/board/ into dist/board/: the page, its parts under names that change with them, all of them packed as well.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib';
import { build } from 'rolldown';
import { readEntries } from './texts.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'dist', 'board');
const VIEWER = join(root, 'node_modules', 'swagger-ui-dist');

/** @returns the files that were bundled */
export async function bundleBoard() {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const viewer = await keepViewer();
  const phrases = { uk: await keepPhrases('phrases-uk', 'uk') };
  const ofEditor = { uk: await keepPhrases('editor-uk', 'uk', 'editor') };
  const ofViewer = { uk: await keepPhrases('viewer-uk', 'uk', 'viewer') };
  const constants = {
    VIEWER: JSON.stringify(viewer),
    PHRASES: JSON.stringify(phrases),
    EDITOR_PHRASES: JSON.stringify(ofEditor),
    VIEWER_PHRASES: JSON.stringify(ofViewer),
  };
  const { output } = await build({
    cwd: root,
    input: { board: 'src/board/main.tsx' },
    platform: 'browser',
    tsconfig: 'src/board/tsconfig.json',
    transform: { target: 'es2022', define: constants },
    output: {
      dir: 'dist/board',
      format: 'esm',
      minify: true,
      entryFileNames: '[name]-[hash].js',
      chunkFileNames: '[name]-[hash].js',
      comments: { annotation: false, jsdoc: false },
    },
  });
  const script = output.find(({ isEntry }) => isEntry).fileName;
  const style = await keep('board', 'css', await styles());
  const page = await readFile(join(root, 'src', 'board', 'index.html'), 'utf8');
  await writeFile(
    join(out, 'index.html'),
    page.replace('{script}', `board/${script}`).replace('{style}', `board/${style}`),
  );
  await pack();
  return [...output.flatMap(({ moduleIds = [] }) => moduleIds), join(VIEWER, 'swagger-ui.js')];
}

const keepPhrases = (name, language, part) =>
  keep(name, 'json', JSON.stringify(readEntries(language, part)));

/** Every stylesheet below src/view and src/board, in the order of their paths. */
async function styles() {
  const texts = [];
  for (const room of ['view', 'board']) {
    const names = await readdir(join(root, 'src', room), { recursive: true });
    for (const name of names.filter((each) => each.endsWith('.css')).sort()) {
      texts.push(await readFile(join(root, 'src', room, name), 'utf8'));
    }
  }
  return texts.join('\n');
}

/** The viewer of contracts, as its makers bundle it; it is loaded when it is opened. @returns names of its parts */
async function keepViewer() {
  const part = (name) => readFile(join(VIEWER, name), 'utf8');
  const [script, style] = [await part('swagger-ui-bundle.js'), await part('swagger-ui.css')];
  const bare = (text) => text.replace(/\n?\/[/*]# sourceMappingURL=.*$/, '');
  return {
    script: await keep('viewer', 'js', bare(script)),
    style: await keep('viewer', 'css', bare(style)),
  };
}

/** @returns its name, which changes with what is in it */
async function keep(name, ending, text) {
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 8);
  const file = `${name}-${hash}.${ending}`;
  await writeFile(join(out, file), text);
  return file;
}

async function pack() {
  const quality = { params: { [zlib.BROTLI_PARAM_QUALITY]: 9 } };
  for (const name of await readdir(out)) {
    const bytes = await readFile(join(out, name));
    await writeFile(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    await writeFile(join(out, `${name}.br`), brotliCompressSync(bytes, quality));
    // Who takes neither gets it unpacked.
    await rm(join(out, name));
  }
}
