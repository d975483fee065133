ALTER TABLE "communication_templates" ADD COLUMN "preview_text" text;
--> statement-breakpoint
-- A change of the preview text is a change of the content.
drop trigger communication_templates_next_version on communication_templates;
--> statement-breakpoint
create trigger communication_templates_next_version
  after update of class, language, subject, preview_text, title, body_html, body_text, from_address, from_name, action_url, icon, translations
  on communication_templates
  for each row
  when ((old.class, old.language, old.subject, old.preview_text, old.title, old.body_html, old.body_text, old.from_address, old.from_name, old.action_url, old.icon, old.translations)
    is distinct from (new.class, new.language, new.subject, new.preview_text, new.title, new.body_html, new.body_text, new.from_address, new.from_name, new.action_url, new.icon, new.translations))
  execute function write_template_version();
