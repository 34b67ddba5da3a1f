-- Views for the usual questions. What is printed twice in an article counts once.

-- Who held which post, and when it was said: one row for each post of each named person and article.
CREATE VIEW posts AS
SELECT a.published, o.name, o.title, o.role, o.org, o.place, o.status,
       o.article, a.doc, o.start, o.name_folded, o.title_folded
FROM officials o JOIN articles a ON a.article = o.article
WHERE o.name IS NOT NULL AND o.title IS NOT NULL AND o.duplicate_of IS NULL
GROUP BY o.article, o.person, o.title
ORDER BY o.article, o.start, o.title_start;

-- Documents by who issued them and in which year, the most cited first.
CREATE VIEW codes_by_issuer_year AS
SELECT coalesce(issuer_name, issuer) AS issuer, year, type_name,
       count(DISTINCT canonical) AS documents, count(DISTINCT article) AS articles, count(*) AS mentions
FROM codes
WHERE duplicate_of IS NULL
GROUP BY 1, 2, 3
ORDER BY mentions DESC, documents DESC, 1, 2, 3;

-- What each giver confers, and how often.
CREATE VIEW awards_by_giver AS
SELECT giver, form, count(*) AS conferrings, sum(count) AS honoured, count(DISTINCT article) AS articles
FROM awards
WHERE giver IS NOT NULL AND duplicate_of IS NULL
GROUP BY giver, form
ORDER BY conferrings DESC, honoured DESC, giver, form;

-- Where the parts do not add up to a total that the article states: an award, and the smaller ones in the same article
-- whose recipients begin like its own. Totals that are met by their parts (part_of) are left out.
CREATE VIEW awards_not_adding_up AS
WITH counted AS (
  SELECT rowid AS id, * FROM awards WHERE count > 1 AND recipients IS NOT NULL AND duplicate_of IS NULL
)
SELECT t.article, t.doc, t.start, t.recipients, t.count AS total, sum(p.count) AS parts, count(*) AS awards
FROM counted t JOIN counted p
  ON p.article = t.article AND p.count < t.count
 AND substr(p.recipients, 1, length(t.recipients)) = t.recipients
WHERE t.part_of IS NULL
  AND NOT EXISTS (SELECT 1 FROM counted m WHERE m.article = t.article AND m.part_of = t.start)
GROUP BY t.id
HAVING count(*) > 1 AND sum(p.count) <> t.count
ORDER BY t.article, t.start;
