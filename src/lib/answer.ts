/** What a server of the site's own files answers, or an error that says what it did instead. */
import { LabError } from './errors';

export async function answerOf(address: string): Promise<Response> {
  const answer = await fetch(address);
  if (answer.ok) return answer;
  const name = address.split('/').at(-1);
  throw new LabError('usage', {
    what: {
      en: `${name} could not be loaded: ${answer.status} ${answer.statusText}`,
      zh: `无法加载 ${name}：${answer.status} ${answer.statusText}`,
    },
  });
}
