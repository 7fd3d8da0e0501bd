import { mount } from "svelte";

import Bell from "../built/svelte/Bell.svelte";

mount(Bell, { target: document.body, props: { coworker: 1004 } });
