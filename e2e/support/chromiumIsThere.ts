import { installChromium } from '../../scripts/installChromium.ts';

/** Before all tests: the browser is there, or it is said how it comes. */
export default installChromium;
