/** Files that come with the site. */
import { answerOf } from '@/lib/answer';
import { address } from '../root';

export const shipped = async (path: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await answerOf(address(path))).arrayBuffer());
