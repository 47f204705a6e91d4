import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { importSource, list, root, table } from './sources.mjs';

/** One row a group: how many there are, and their names, which the page explains. */
export function scenarioTable() {
  const page = '../../scenarios/compositions/README.md';
  const scenarios = list('scenarios');
  const groups = [...new Set(scenarios.map((s) => s.group))];
  const rows = groups.map((group) => {
    const names = scenarios.filter((s) => s.group === group).map(({ name }) => `\`${name}\``);
    return [`[${group}](${page}#${group})`, names.length, names.join(', ')];
  });
  return table(['group', '', 'scenarios'], rows);
}

export function faultTable() {
  const read = { yes: 'yes', maybe: 'by some', no: 'no' };
  const rows = list('faults').map(({ name, title, settings, chaos, ...fault }) => [
    `\`${name}\``,
    title,
    settings.map((key) => `\`${key}\``).join(', '),
    read[fault.read],
    chaos ? 'yes' : '',
  ]);
  return table(
    ['fault', 'what the client gets', 'measured by', 'can be read', 'usual in chaos'],
    rows,
  );
}

/** The settings of the business rules. */
export async function settingTable() {
  const { SETTINGS } = await importSource('src/packs/compositions/settings.ts');
  const rows = SETTINGS.map(({ name, default: usual, about }) => [
    `\`${name}\``,
    usual.length === 0 ? '' : `\`${usual}\``,
    about,
  ]);
  return table(['setting', 'default', ''], rows);
}

/** The validation table: what each code means, who checks it, and which rule plays it. */
export async function codeTable() {
  const { VALIDATION } = await importSource('src/packs/compositions/validation-table.ts');
  const rows = VALIDATION.map(({ code, name, message, wording, checked, source, rule }) => [
    code,
    name && `\`${name}\``,
    wording === 'service' ? `“${message}”` : message,
    checked.join(', '),
    rule ? `\`${rule}\`` : '',
    source,
  ]);
  return table(['code', 'name', 'message', 'at', 'business rule', 'source'], rows);
}

const METHODS = ['get', 'put', 'post', 'delete'];

/** The operations of the control API, from its contract. */
export function controlTable() {
  const contract = parse(readFileSync(join(root, 'spec/control/openapi.yaml'), 'utf8'));
  const rows = Object.entries(contract.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => {
      const { summary, operationId, parameters = [] } = item[method];
      const queries = parameters
        .map((parameter) => resolve(contract, parameter))
        .filter((parameter) => parameter.in === 'query')
        .map(({ name }) => `\`${name}\``);
      return [`\`${method.toUpperCase()} ${path}\``, summary, queries.join(', '), operationId];
    }),
  );
  return table(['request', '', 'query', 'operationId'], rows);
}

function resolve(contract, { $ref, ...parameter }) {
  if (!$ref) return parameter;
  const keys = $ref.split('/').slice(1);
  return keys.reduce((node, key) => node[key], contract);
}
