/** From an address to a workbench: the kernel's room and the device are loaded, the link's edits are read, nothing runs. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { Link, useLocation, useRouter } from '@tanstack/react-router';
import type { Device } from '@/gpu/device';
import type { KernelRoom } from '@/gpu/kernel';
import { decodeEdits, type Texts } from '@/lab/editLink';
import { kernelNames, loadKernel } from '@/shaders/index';
import { diagnose } from '../doctor/diagnose';
import { Frame } from '../Frame';
import { adopt, useSettings } from '../settings';
import { bench, choicesOf, setUp, type Choice } from './setup';
import { useSay } from './useText';
import { Workbench } from './Workbench';
import style from './Workbench.module.css';

export const FRAGMENT = /^#?edit=([\w-]*)$/;

interface Loaded {
  readonly name: string;
  readonly room: KernelRoom;
  readonly device: Device;
  readonly choices: readonly Choice[];
}

export function WorkbenchRoute({ name }: { readonly name: string | undefined }) {
  const say = useSay();
  // A plain host may serve the page by its file's name, the list by that of its folder's.
  const kernel = name === 'index.html' ? undefined : name?.replace(/\.html$/, '');
  const known = kernel !== undefined && kernelNames().includes(kernel);
  const search = useLocation({ select: ({ searchStr }) => searchStr });
  useEffect(() => {
    const query = new URLSearchParams(search);
    adopt({ lang: query.get('lang'), theme: query.get('theme') });
  }, [search]);
  return (
    <Frame title={`${known ? `${kernel} · ` : ''}${say('title')} · tilewise`}>
      <div className={style.head}>
        <h1>{say('title')}</h1>
        <p>{say('lead')}</p>
      </div>
      {known ? <Loader key={kernel} name={kernel} /> : <KernelList unknown={kernel} />}
    </Frame>
  );
}

function KernelList({ unknown }: { readonly unknown: string | undefined }) {
  const say = useSay();
  return (
    <>
      <p>{unknown ? say('unknownKernel', { name: unknown }) : say('choose')}</p>
      <ul className={style.kernels}>
        {kernelNames().map((name) => (
          <li key={name}>
            <Link to="/workbench/$kernel" params={{ kernel: name }}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function Loader({ name }: { readonly name: string }) {
  const say = useSay();
  const { lang } = useSettings();
  const router = useRouter();
  const [loaded, setLoaded] = useState<Loaded>();
  const [error, setError] = useState<unknown>();
  const [linked, setLinked] = useState<{
    readonly edits: Texts;
    readonly broken: boolean;
    readonly link: string;
  }>();
  // What this page wrote itself is no new link.
  const written = useRef('');
  const wrote = useCallback((fragment: string) => {
    written.current = fragment;
  }, []);
  const hash = useLocation({ select: (location) => location.hash });

  useEffect(() => {
    let current = true;
    Promise.all([loadKernel(name), bench.device()]).then(
      ([room, device]) => {
        if (current) setLoaded({ name, room, device, choices: choicesOf(room) });
      },
      (reason: unknown) => {
        if (current) setError(reason);
      },
    );
    return () => {
      current = false;
    };
  }, [name]);

  useEffect(() => {
    if (!loaded) return;
    if (hash === written.current && linked) return;
    let current = true;
    written.current = hash;
    const read = async (): Promise<void> => {
      const { room, choices, device } = loaded;
      const query = new URLSearchParams(router.history.location.search);
      const asked = { variant: query.get('variant'), case: query.get('case'), file: query.get('file') };
      const { shipped } = setUp(room, choices, device, asked);
      const text = FRAGMENT.exec(hash)?.[1];
      const edits = text === undefined ? undefined : await decodeEdits(text, shipped);
      if (current) setLinked({ edits: edits ?? {}, broken: hash !== '' && !edits, link: hash });
    };
    void read();
    return () => {
      current = false;
    };
  }, [loaded, hash, linked, router]);

  if (error !== undefined) {
    const { title, advice } = diagnose(error, navigator.userAgent);
    return (
      <section className={style.notice} role="alert" data-tone="bad">
        <p>{title[lang]}</p>
        <ul>
          {advice.map((text) => (
            <li key={text.en}>{text[lang]}</li>
          ))}
        </ul>
      </section>
    );
  }
  if (!loaded || !linked) return <p className={style.loading}>{say('loading')}</p>;
  return (
    <Workbench key={linked.link} {...loaded} linked={linked.edits} broken={linked.broken} wrote={wrote} />
  );
}
