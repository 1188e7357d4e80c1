/** Measurements as they stand in a run report, each with how it was taken. */
import type { Environment, Measurement } from '@/lab/report';
import { Badge } from '@/ui/Badge';
import { bytes, duration, gbps, gflops } from '@/ui/format';
import { useTranslation } from '../i18n';
import { useSettings } from '../settings';
import style from './Charts.module.css';

interface MeasurementTableProps {
  readonly measurements: readonly Measurement[];
  readonly adapterKind: Environment['adapterKind'] | null;
  readonly label: string;
}

export function MeasurementTable({ measurements, adapterKind, label }: MeasurementTableProps) {
  const { t } = useTranslation();
  const { lang } = useSettings();
  return (
    <div className={style.table} role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {(['name', 'variant', 'time', 'spread', 'rate', 'floor', 'peak', 'method'] as const).map(
              (column) => (
                <th key={column} scope="col">
                  {t(`charts.${column}`)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {measurements.map((m, i) => (
            <tr key={`${i} ${m.name} ${m.variant}`}>
              <th scope="row">{m.name}</th>
              <td>
                {m.device.toUpperCase()} · {m.variant} · {m.dtype}{' '}
                {m.device === 'gpu' && adapterKind === 'software' && (
                  <Badge tone="warn">{t('run.software.short')}</Badge>
                )}
              </td>
              <td>{m.timeMs ? duration(m.timeMs.median) : (m.note?.[lang] ?? '–')}</td>
              <td>{m.timeMs ? `${duration(m.timeMs.p10)} – ${duration(m.timeMs.p90)}` : '–'}</td>
              <td>{rate(m)}</td>
              <td>{m.floorMs == null ? '–' : duration(m.floorMs)}</td>
              <td>{bytes(m.peakBytes)}</td>
              <td>
                {m.timeMs
                  ? `${t(`charts.method.${m.timeMs.method}`)}, ${t('charts.samples', { n: m.timeMs.samples })}`
                  : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const rate = ({ gflops: flops, gbps: traffic }: Measurement): string =>
  [flops == null ? '' : gflops(flops), traffic == null ? '' : gbps(traffic)].filter(Boolean).join(' · ') ||
  '–';
