// GET /api/spaces/coworkernotifications, as far as a bell's first page and its next ones need it.

import { uuid } from "./notifications.mjs";

export const serves = (path) => path.startsWith("/api/nexudus/");

export function answer({ url }, all) {
  const size = Number(url.searchParams.get("size") ?? 25);
  const page = Number(url.searchParams.get("page") ?? 1);
  const records = all.slice((page - 1) * size, page * size).map(record);
  const pages = Math.ceil(all.length / size);
  return {
    Records: records,
    CurrentPage: page,
    CurrentPageSize: size,
    CurrentOrderField: "CreatedOn",
    CurrentSortDirection: 1,
    FirstItem: (page - 1) * size + 1,
    LastItem: (page - 1) * size + records.length,
    TotalItems: all.length,
    TotalPages: pages,
    HasNextPage: page < pages,
    HasPreviousPage: page > 1,
  };
}

function record({ number, type, text, at }) {
  const time = at.toISOString();
  return {
    CoworkerId: 1001,
    Message: text,
    NotificationType: type,
    EntityId: number,
    IsDismissed: false,
    Id: number,
    UpdatedOn: time,
    CreatedOn: time,
    UniqueId: uuid(number),
    UpdatedBy: "desk@harbourworks.example",
    IsNew: true,
    SystemId: null,
    ToStringText: "CoworkerNotification",
    LocalizationDetails: null,
    CustomFields: null,
  };
}
