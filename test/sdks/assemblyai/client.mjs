import { AssemblyAI } from 'assemblyai';
import { base, end } from '../common.mjs';

const client = new AssemblyAI({ apiKey: 'key', baseUrl: base });

await end(async () => {
  const transcript = await client.transcripts.transcribe({ audio: 'https://files.example/a.mp3' });
  return transcript.text ?? transcript.error;
});
