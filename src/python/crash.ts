/** An exception in Python that the frameworks do not handle. They answer 500. */
export class PyCrash extends Error {}
