-- Settings have named a pruner since this version.
update study set settings = regexp_replace(cast(settings as varchar), '\}$', ',"pruner":"median"}') format json;
