// The versions of what was tried: npm packages from their own package.json, Debian's from dpkg.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export function versionsOf(entries) {
  const npm = entries.flatMap(({ packages = [] }) => packages);
  const debian = entries.flatMap(({ debian: names = [] }) => names);
  const versions = {};
  for (const name of new Set(npm)) {
    versions[name] = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
  }
  for (const name of new Set(debian)) {
    const asked = spawnSync('dpkg-query', ['-W', '-f', `\${Version}`, name], { encoding: 'utf8' });
    versions[name] = asked.stdout || '(not installed)';
  }
  return versions;
}
