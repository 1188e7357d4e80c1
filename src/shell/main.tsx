/** Starts the app on the page that was loaded. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from '@tanstack/react-router';
import 'katex/dist/katex.min.css';
import '@/ui/tokens.css';
import '@/ui/base.css';
import { startI18n } from './i18n';
import { router } from './router';
import { startSettings, useSettings } from './settings';

await startI18n(useSettings.getState().lang);
startSettings();

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no #root');
createRoot(place).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
