pub(crate) fn violations(_m: &str, _r: &str, _x: &crate::reply::Reply) -> Vec<String> {
    Vec::new()
}
