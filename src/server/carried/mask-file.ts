import type { Apis } from '../../sandbox/api.js';
import type { SessionFile } from './session-file.js';

export async function maskFile(file: SessionFile, _apis: Apis): Promise<SessionFile> {
  return file;
}
