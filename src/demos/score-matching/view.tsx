/** What the demo shows: both chains side by side with the weights of their modes. */
import { LangevinTab } from './view/LangevinTab';
import type { View } from './view/types';

export default function ScoreMatchingView(view: View) {
  return <LangevinTab view={view} />;
}
