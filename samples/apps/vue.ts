import { createApp } from "vue";

import Bell from "../built/vue/Bell.vue";

createApp(Bell, { coworker: 1004 }).mount(document.body.appendChild(document.createElement("div")));
