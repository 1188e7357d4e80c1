/** Every demo, found by its folder. Declarations are eager and tiny; sessions, views and articles are loaded on demand. */
import type { DemoDecl } from '@/lab/demo';
import type { Admit, Create, CreateCpu, Needs } from '@/lab/session';
import type { Params } from '@/lab/schema';
import type { Lang } from '@/lib/text';

const declarations = import.meta.glob<{ demo: DemoDecl }>('./*/demo.ts', { eager: true });
const runs = import.meta.glob<{
  create: Create<Params>;
  createCpu?: CreateCpu<Params>;
  needs?: Needs<Params>;
  admit?: Admit;
}>('./*/run.ts');
const views = import.meta.glob<{ default: unknown }>('./*/view.tsx');
const articles = import.meta.glob<{ default: unknown }>('./*/article.*.mdx');

export const demos: readonly DemoDecl[] = Object.values(declarations).map(({ demo }) => demo);
export const findDemo = (slug: string): DemoDecl | undefined => demos.find((demo) => demo.slug === slug);

async function load<T>(modules: Record<string, () => Promise<T>>, path: string): Promise<T> {
  const found = modules[path];
  if (!found) throw new Error(`${path} does not exist`);
  return found();
}

export const loadRun = async (slug: string): Promise<Create<Params>> =>
  (await load(runs, `./${slug}/run.ts`)).create;
/** The demo without a GPU, where it has that. */
export const loadCpu = async (slug: string): Promise<CreateCpu<Params> | undefined> =>
  (await load(runs, `./${slug}/run.ts`)).createCpu;
/** What a session of it would take, where the demo can say. */
export const loadNeeds = async (slug: string): Promise<Needs<Params> | undefined> =>
  (await load(runs, `./${slug}/run.ts`)).needs;
/** What the demo has to say of a file before it is taken, where it says anything. */
export const loadAdmit = async (slug: string): Promise<Admit | undefined> =>
  (await load(runs, `./${slug}/run.ts`)).admit;
/** The default exports: components, as the shell that loads them knows; this file also runs where there is no React. */
export const loadView = async (slug: string): Promise<unknown> =>
  (await load(views, `./${slug}/view.tsx`)).default;
export const loadArticle = async (slug: string, lang: Lang): Promise<unknown> =>
  (await load(articles, `./${slug}/article.${lang}.mdx`)).default;
