/** What the search box needs only once one searches. Most pages are read without, so it is loaded then, as one file. */
export { openEngine } from './engine.ts';
export { answerOrMeanwhile, openKeptIndex } from './kept-index.ts';
export { resultItem, showHits } from './result.ts';
export { answer, answerBeside } from './search.ts';
