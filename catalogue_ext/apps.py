from oscar.apps.catalogue import apps


class CatalogueExtConfig(apps.CatalogueConfig):
    name = "catalogue_ext"
