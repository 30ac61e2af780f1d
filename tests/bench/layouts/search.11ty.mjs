const plain = (html) => html.replace(/<[^>]+>/g, " ");

export const data = { permalink: "search.json" };

export const render = ({ collections }) =>
  JSON.stringify(
    collections.all
      .filter((page) => page.url !== "/search.json")
      .map((page) => ({ url: page.url, title: page.data.title, text: plain(page.content) })),
  );
