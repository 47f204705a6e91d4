import { adapter, base, ENDED, main } from './common.mjs';

export const entry = {
  name: 'assemblyai',
  kind: 'other',
  what: 'transcripts.transcribe: at once, then every 3 s; no repetition',
  packages: ['assemblyai'],
  pack: './test/conformance/apis/assemblyai',
  command: adapter('assemblyai'),
  plays: [
    {
      suite: 'polling-basics',
      finds: ['survives-a-blip'],
      may: ENDED,
      why: 'BaseService.fetch throws at 503 and at a reset, and waitUntilReady does not catch',
    },
    {
      scenarios: ['no-end'],
      finds: ['gives-up'],
      may: ENDED,
      timeout: '25s',
      why: 'pollingTimeout is -1, which is none',
    },
    { scenarios: ['lost-submission'], finds: [], why: 'submit is not repeated' },
  ],
};

await main(import.meta.url, async () => {
  const { AssemblyAI } = await import('assemblyai');
  const client = new AssemblyAI({ apiKey: 'key', baseUrl: base });
  return client.transcripts.transcribe({ audio_url: 'https://files.example/a.mp3' });
});
