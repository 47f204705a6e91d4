import { openPackagedFiles } from './packaged-files.js';

openPackagedFiles();
void import('../server/lint-worker.js');
