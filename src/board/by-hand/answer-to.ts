import { t } from '../text.js';
import { type Got, type SampleRequest, send } from './send.js';

/** A fault that is played leaves no answer: that is what its client sees. */
export async function answerTo(
  place: Parameters<typeof send>[0],
  request: SampleRequest,
): Promise<Got> {
  try {
    return await send(place, request);
  } catch (problem) {
    const late = problem instanceof DOMException && problem.name === 'TimeoutError';
    return { status: 0, body: late ? t('No answer came in 30 s.') : t('The connection broke.') };
  }
}
