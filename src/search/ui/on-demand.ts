/** The code that the search box needs only for a search, loaded then as one file: most page views have none. */
export { openEngine } from '../query/engine.ts';
export { answerOrMeanwhile, openKeptIndex } from '../query/kept-index.ts';
export { resultItem, showHits } from './result.ts';
export { answer, answerBeside } from '../query/answer.ts';
