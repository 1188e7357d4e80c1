/** Which adapter computes, and that it is a CPU where it is. */
import { Badge } from '@/ui/Badge';
import { useTranslation } from '../i18n';
import { usePageState } from '../run/usePage';

export function AdapterBadge() {
  const { t } = useTranslation();
  const caps = usePageState((state) => state.device?.caps);
  const cpuOnly = usePageState((state) => state.cpuOnly);
  if (cpuOnly) return <Badge tone="warn">{t('cpu.only')}</Badge>;
  if (!caps) return null;
  if (caps.adapterKind === 'hardware') return <span>{caps.adapter}</span>;
  const software = caps.adapterKind === 'software';
  return (
    <>
      {caps.adapter !== 'unnamed adapter' && <span>{caps.adapter}</span>}
      <Badge tone="warn" title={t(software ? 'run.software.hint' : 'run.unknown.hint')}>
        {t(software ? 'run.software' : 'run.unknown')}
      </Badge>
    </>
  );
}
