"""/van-phong/nhap/: lists of decisions on their way into the registry."""
