import { filesNamed } from '../load/files-named.js';
import type { ServedFiles } from '../load/pack-description.js';
import type { Access } from '../mcp/access.js';
import { listenForAgents } from '../mcp/http.js';
import { makeMcpServer } from '../mcp/server.js';
import { speakOverStdio } from '../mcp/stdio.js';
import { Runs } from '../mcp/tools/runs.js';
import { UsageError } from '../sandbox-error.js';
import { startServer } from '../server/server.js';
import { t } from '../texts/spoken.js';
import { askControl, type RunningAt } from './ask-control.js';
import { splitCommand } from './exec/split-command.js';
import { playApart } from './mcp/play-apart.js';
import { stopOnSignal } from './stop-on-signal.js';

/** What the command line gives. */
export interface McpOptions extends ServedFiles {
  url?: string;
  controlToken?: string;
  port: number;
  http?: number;
}

/** Serves agents until their input ends, or a signal comes. @throws UsageError, FileError */
export async function serveAgents(
  args: readonly string[],
  options: McpOptions,
  version: string,
): Promise<void> {
  const { files, argv } = splitCommand(args);
  const { url, controlToken } = options;
  const served = filesNamed(files, options);
  const running =
    url === undefined ? await startServer({ ...served, port: options.port }) : undefined;
  const at: RunningAt = {
    url: running?.url ?? (url as string),
    ...(running || controlToken === undefined ? {} : { controlToken }),
  };
  const access: Access = {
    url: at.url,
    ask: async (method, path, asked) => (await askControl(at, method, path, asked)).json(),
    command: argv,
    play: (asked, signal) => playApart({ argv, files, options, asked }, signal),
  };
  await access.ask('GET', '/health');
  // Standard output belongs to the protocol.
  const tell = (text: string) => process.stderr.write(`${text}\n`);
  const runs = new Runs();
  const make = () => makeMcpServer(access, version, runs);
  if (options.http === undefined) {
    const connection = await speakOverStdio(make());
    stopOnSignal(tell, connection.close);
    await connection.ended;
    await running?.close();
    return;
  }
  const listening = await listenForAgents(make, options.http).catch((error: Error) => {
    throw new UsageError('USAGE_CANNOT_LISTEN', error.message, 'take another port');
  });
  stopOnSignal(tell, async () => {
    await listening.close();
    await running?.close();
  });
  tell(t`agents: ${listening.url}, sandbox: ${at.url}`);
}
