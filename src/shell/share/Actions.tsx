/** Share and export, in a chunk of their own: they come after the demo has started. */
import type { DemoDecl } from '@/lab/demo';
import { ExportMenu } from './ExportMenu';
import { ShareMenu } from './ShareMenu';

export default function Actions({ demo }: { readonly demo: DemoDecl }) {
  return (
    <>
      <ShareMenu demo={demo} />
      <ExportMenu demo={demo} />
    </>
  );
}
