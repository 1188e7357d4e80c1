/** One kernel on the bench: what to run, the editor over its files, what came of the run. The address holds it all. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation, useRouter } from '@tanstack/react-router';
import type { Device } from '@/gpu/device';
import type { KernelRoom } from '@/gpu/kernel';
import { encodeEdits, type Texts } from '@/lab/editLink';
import { kernelNames } from '@/shaders/index';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { Tabs } from '@/ui/Tabs';
import { useTranslation } from '../i18n';
import { debounce } from '../run/address';
import { useSettings } from '../settings';
import { useCopy } from '../share/useCopy';
import { CodeEditor } from './CodeEditor';
import type { Editor } from './editor';
import { Results } from './Results';
import { headerOf, setUp, type Choice } from './setup';
import { useDownload } from './useDownload';
import { useRun } from './useRun';
import { useSay } from './useText';
import style from './Workbench.module.css';

interface WorkbenchProps {
  readonly name: string;
  readonly room: KernelRoom;
  readonly device: Device;
  readonly choices: readonly Choice[];
  /** Edits that came with the link; they run when the reader says so. */
  readonly linked: Texts;
  /** The link held an edit that could not be read. */
  readonly broken: boolean;
  /** Told of every fragment that this page writes. */
  readonly wrote: (fragment: string) => void;
}

export function Workbench({ name, room, device, choices, linked, broken, wrote }: WorkbenchProps) {
  const say = useSay();
  const { lang } = useSettings();
  const router = useRouter();
  const search = useLocation({ select: ({ searchStr }) => searchStr });
  const query = new URLSearchParams(search);
  const [variant, wantedCase, file] = ['variant', 'case', 'file'].map((key) => query.get(key));
  const setup = useMemo(
    () => setUp(room, choices, device, { variant: variant ?? null, case: wantedCase ?? null, file: null }),
    [room, choices, device, variant, wantedCase],
  );
  const shown = file != null && file in setup.shipped ? file : setup.file;
  const [edits, setEdits] = useState<Texts>(linked);
  const editor = useRef<Editor>(null);
  const ready = useCallback((made: Editor | null) => {
    editor.current = made;
  }, []);
  const ran = useRun(room, setup, edits);
  const { tooLong, copying, copy } = useLink(edits, setup.shipped, wrote);
  const { save, tooLarge } = useDownload(room, device, setup, edits);

  const change = useCallback(
    (changed: string, text: string): void =>
      setEdits((before) => {
        const { [changed]: _, ...others } = before;
        return text === setup.shipped[changed] ? others : { ...others, [changed]: text };
      }),
    [setup],
  );
  const choose = (key: string, value: string, how: 'push' | 'replace' = 'push'): void => {
    const { pathname, search: now, hash } = router.history.location;
    const next = new URLSearchParams(now);
    next.set(key, value);
    router.history[how](`${pathname}?${next.toString()}${hash}`);
  };
  const goTo = (where: string, line: number): void => {
    if (where in setup.shipped) choose('file', where, 'replace');
    // After the file is shown.
    requestAnimationFrame(() => requestAnimationFrame(() => editor.current?.goTo(line)));
  };

  const editedFiles = Object.keys(edits);
  const errors = ran.current && ran.result?.kind === 'compile' ? ran.result.errors : [];
  const tabs = Object.keys(setup.shipped).map((id) => ({
    id,
    title: id in edits ? `${id} · ${say('edited')}` : id,
  }));
  return (
    <>
      <div className={style.choices}>
        <label>
          {say('kernel')}
          <select
            value={name}
            onChange={(event) =>
              void router.navigate({ to: '/workbench/$kernel', params: { kernel: event.target.value } })
            }
          >
            {kernelNames().map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <label>
          {say('variant')}
          <select value={setup.variant} onChange={(event) => choose('variant', event.target.value)}>
            {Object.entries(room.kernel.variants).map(([id, { title }]) => (
              <option key={id} value={id}>
                {id} · {title[lang]}
              </option>
            ))}
          </select>
        </label>
        <label className={style.wide}>
          {say('case')}
          <select value={setup.choice.id} onChange={(event) => choose('case', event.target.value)}>
            {(['timings', 'checks'] as const).map((group) => (
              <optgroup key={group} label={say(group)}>
                {choices
                  .filter((choice) => choice.group === group)
                  .map(({ id }) => (
                    <option key={id}>{id}</option>
                  ))}
              </optgroup>
            ))}
          </select>
        </label>
      </div>
      <div className={style.notices} role="status">
        {Object.keys(linked).length > 0 && !ran.result && !ran.stage && <Notice>{say('linked')}</Notice>}
        {broken && <Notice>{say('linkBad')}</Notice>}
        {setup.unknown.map(({ what, value, used }) => (
          <Notice key={what}>{say('unknownValue', { what: say(what).toLowerCase(), value, used })}</Notice>
        ))}
        {setup.reason && (
          <Notice>{say('unsupported', { name: setup.variant, reason: setup.reason[lang] })}</Notice>
        )}
        {!setup.reason &&
          editedFiles
            .filter((each) => !(each in setup.shipped))
            .map((each) => <Notice key={each}>{say('ignored', { file: each })}</Notice>)}
        {tooLong && <Notice>{say('tooLong')}</Notice>}
        {tooLarge !== undefined && <Notice>{tooLarge}</Notice>}
      </div>
      {tabs.length > 0 && (
        <>
          <div className={style.bar}>
            {ran.stage ? (
              <Button onClick={ran.cancel}>{say('cancel')}</Button>
            ) : (
              <Button look="primary" onClick={ran.run}>
                {say('run')}
              </Button>
            )}
            <Button
              disabled={editedFiles.length === 0}
              title={say('restoreHint')}
              onClick={() => editor.current?.restore(pick(setup.shipped, editedFiles))}
            >
              {say('restore')}
            </Button>
            <Button onClick={() => editor.current?.undo()}>{say('undo')}</Button>
            <Button onClick={() => editor.current?.redo()}>{say('redo')}</Button>
            <span className={style.gap} />
            <Adapter device={device} />
            <Button disabled={tooLong} onClick={copy}>
              {say(copying === 'copied' ? 'copied' : 'share')}
            </Button>
            <Button title={say('downloadHint')} onClick={save}>
              {say('download')}
            </Button>
          </div>
          {copying === 'blocked' && <p className={style.small}>{say('blocked')}</p>}
          <div className={style.bench}>
            <div className={style.code}>
              <Tabs
                label={say('files')}
                tabs={tabs}
                at={shown}
                onPick={(id) => choose('file', id, 'replace')}
              >
                <CodeEditor
                  ready={ready}
                  file={shown}
                  text={edits[shown] ?? setup.shipped[shown] ?? ''}
                  errors={errors}
                  onChange={change}
                />
              </Tabs>
              <details>
                <summary>{say('header')}</summary>
                <p className={style.small}>{say('headerLead')}</p>
                <pre className={style.header} tabIndex={0}>
                  {headerOf({ ...setup, file: shown }, device.caps.f16)}
                </pre>
              </details>
            </div>
            <Results ran={ran} caps={device.caps} goTo={goTo} />
          </div>
        </>
      )}
      <p className={style.small}>
        <Link to="/">{useTranslation().t('site.home')}</Link>
      </p>
    </>
  );
}

const pick = (texts: Texts, names: readonly string[]): Texts =>
  Object.fromEntries(names.flatMap((name) => (name in texts ? [[name, texts[name] ?? '']] : [])));

function Notice({ children }: { readonly children: string }) {
  return <p className={style.notice}>{children}</p>;
}

export function Adapter({ device }: { readonly device: Device }) {
  const { t } = useTranslation();
  const { adapter, adapterKind } = device.caps;
  const key = adapterKind === 'software' ? 'run.software' : 'run.unknown';
  return (
    <span className={style.adapter}>
      {adapter !== 'unnamed adapter' && <span>{adapter}</span>}{' '}
      {adapterKind !== 'hardware' && (
        <Badge tone="warn" title={t(`${key}.hint`)}>
          {t(key)}
        </Badge>
      )}
    </span>
  );
}

/** Keeps the address in step with the edits, a moment after the last of them. */
function useLink(
  edits: Texts,
  shipped: Texts,
  wrote: (fragment: string) => void,
): { readonly tooLong: boolean; readonly copying: ReturnType<typeof useCopy>[0]; readonly copy: () => void } {
  const router = useRouter();
  const [tooLong, setTooLong] = useState(false);
  const [copying, write] = useCopy();
  useEffect(() => {
    let current = true;
    const writing = debounce(() => {
      const encode = async (): Promise<void> => {
        const some = Object.keys(edits).length > 0;
        const text = some ? await encodeEdits(edits, shipped) : '';
        if (!current) return;
        setTooLong(text === undefined);
        const fragment = text ? `edit=${text}` : '';
        const { pathname, search, hash } = router.history.location;
        if (hash.replace(/^#/, '') === fragment) return;
        wrote(fragment);
        router.history.replace(`${pathname}${search}${fragment === '' ? '' : `#${fragment}`}`);
      };
      void encode();
    });
    writing.later();
    return () => {
      current = false;
      writing.cancel();
    };
  }, [edits, shipped, router, wrote]);
  const copy = (): void => {
    void (async () => {
      const some = Object.keys(edits).length > 0;
      const text = some ? await encodeEdits(edits, shipped) : '';
      const { origin, pathname, search } = location;
      write(`${origin}${pathname}${search}${text ? `#edit=${text}` : ''}`);
    })();
  };
  return { tooLong, copying, copy };
}
