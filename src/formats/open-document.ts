import { isMap } from 'yaml';
import { FileError } from '../problem.js';
import { readYaml } from '../yaml.js';
import type { Prefix } from './check-shape.js';
import { FormatDocument } from './document.js';

/**
 * Opens a file of a format for checking.
 * @throws FileError when it is no YAML, or says anything but a mapping
 */
export function openDocument(file: string, text: string, prefix: Prefix): FormatDocument {
  const yaml = readYaml(file, text);
  if (isMap(yaml.root)) return new FormatDocument(yaml);
  const format = prefix.toLowerCase();
  const message = `a ${format} is a mapping`;
  const hint = `start it with \`${format}: NAME\``;
  throw new FileError([yaml.problem(yaml.root, `${prefix}_WRONG_TYPE`, message, hint)]);
}
