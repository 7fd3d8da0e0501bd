import * as courier from "./courier.mjs";
import * as knock from "./knock.mjs";
import * as nexudus from "./nexudus.mjs";
import * as novu from "./novu.mjs";
import * as suprsend from "./suprsend.mjs";

export const standIns = [nexudus, courier, novu, suprsend, knock];
