import {
  BaseRenderer,
  buildForm,
  extractObservationBased,
  getResponse,
  RendererThemeProvider,
  useRendererQueryClient,
} from '@aehrc/smart-forms-renderer';
import { QueryClientProvider } from '@tanstack/react-query';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

/** The page of smart-forms.ts: shows a Questionnaire, and says what was answered and what Observations that makes. */

function Form() {
  return (
    <RendererThemeProvider>
      <QueryClientProvider client={useRendererQueryClient()}>
        <BaseRenderer />
      </QueryClientProvider>
    </RendererThemeProvider>
  );
}

globalThis.show = async (questionnaire) => {
  // Its default is a public server; nobody listens here.
  await buildForm({ questionnaire, terminologyServerUrl: 'http://127.0.0.1:9/fhir' });
  createRoot(document.getElementById('form')).render(createElement(Form));
  globalThis.saved = () => getResponse();
  globalThis.extracted = () => extractObservationBased(questionnaire, getResponse());
};
