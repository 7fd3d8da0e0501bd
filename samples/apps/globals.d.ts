// What the portal gives to pages, as far as the documentation's code uses it.

interface Window {
  __nexudus: {
    auth: { isAuthenticated: boolean; coworker?: { Id: number } };
    router: { navigate(path: string): void };
  };
}

// The place where the documentation has the package's files.
declare module "https://cdn.example/coworker-notifications.js" {
  export * from "coworker-notifications";
}
