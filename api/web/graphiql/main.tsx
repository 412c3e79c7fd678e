import 'graphiql/style.css';
import './graphiql.css';
import { GraphiQL } from 'graphiql';
import { buildSchema } from 'graphql';
import { createRoot } from 'react-dom/client';
import sdl from '../../../graphql/schema.graphql?raw';
import { exampleHeaders, exampleQuery } from './example';
import { fetcher } from './fetcher';

const root = document.getElementById('root');
if (!root) throw new Error('no #root in the page');
createRoot(root).render(
  <GraphiQL
    fetcher={fetcher}
    schema={buildSchema(sdl)}
    defaultQuery={exampleQuery}
    defaultHeaders={exampleHeaders}
    defaultEditorToolsVisibility="headers"
    shouldPersistHeaders={false}
  />,
);
