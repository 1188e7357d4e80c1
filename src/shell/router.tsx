/** The pages: gallery, demo, embedded demo, kernel workbench. Queries stay text: only the laboratory's URL codec reads them. */
import { lazy } from 'react';
import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router';
import { sentenceOf } from '@/lib/errors';
import { Gallery } from './gallery/Gallery';
import { Frame, NotFound } from './Frame';
import { basepath } from './root';

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const gallery = createRoute({ getParentRoute: () => rootRoute, path: '/', component: Gallery });
/** The laboratory and the GPU's runtime are a chunk of their own: the gallery does without. */
const DemoRoute = lazy(async () => ({ default: (await import('./demo/DemoRoute')).DemoRoute }));

const demo = createRoute({
  getParentRoute: () => rootRoute,
  path: '/demos/$slug',
  component: function DemoPageRoute() {
    return <DemoRoute slug={demo.useParams().slug} embedded={false} />;
  },
});
const embed = createRoute({
  getParentRoute: () => rootRoute,
  path: '/embed/$slug',
  component: function EmbedPageRoute() {
    return <DemoRoute slug={embed.useParams().slug} embedded />;
  },
});
/** So is the workbench, with its editor. */
const WorkbenchRoute = lazy(async () => ({
  default: (await import('./workbench/WorkbenchRoute')).WorkbenchRoute,
}));
const workbench = createRoute({
  getParentRoute: () => rootRoute,
  path: '/workbench/$kernel',
  component: function WorkbenchPageRoute() {
    return <WorkbenchRoute name={workbench.useParams().kernel} />;
  },
});
const KernelList = () => <WorkbenchRoute name={undefined} />;
const kernels = createRoute({
  getParentRoute: () => rootRoute,
  path: '/workbench',
  component: KernelList,
});
const kernelsFile = createRoute({
  getParentRoute: () => rootRoute,
  path: '/workbench.html',
  component: KernelList,
});
/** The same page by its file's name, as a plain host may serve it. */
const file = createRoute({ getParentRoute: () => rootRoute, path: '/index.html', component: Gallery });

export const router = createRouter({
  routeTree: rootRoute.addChildren([gallery, file, demo, embed, kernels, kernelsFile, workbench]),
  basepath,
  // Hosts differ in which of the two they redirect to; relative addresses are taken from the meta, so both work.
  trailingSlash: 'preserve',
  scrollRestoration: true,
  defaultPreload: false,
  parseSearch: (text): { raw?: string } => (text.length > 1 ? { raw: text } : {}),
  stringifySearch: ({ raw }) => (typeof raw === 'string' ? raw : ''),
  defaultErrorComponent: ({ error }) => <Frame title="tilewise">{sentenceOf(error, 'en')}</Frame>,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
