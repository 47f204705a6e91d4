import { openPackagedFiles } from './packaged-files.js';

openPackagedFiles();
// Behind the line above: what it takes with it may read files when it is loaded.
void import('../cli/command-line.js').then(({ runCommandLine }) => runCommandLine());
