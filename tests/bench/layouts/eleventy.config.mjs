import footnotes from "markdown-it-footnote";

// Links between records are written as those between files; a page has a folder of its own.
const address = (url) => (url.endsWith(".md") ? `../${url.slice(0, -3)}/` : url);

export default (config) => {
  config.amendLibrary("md", (library) => {
    library.use(footnotes);
    library.normalizeLink = address;
  });
  return { markdownTemplateEngine: false };
};
